/** What a USB serial chip is called, and where a person has seen it. */
interface UsbName {
  readonly vendor: number;
  /** Left out: every product of this vendor. */
  readonly product?: number;
  readonly name: string;
}

/** The USB sides of the boards that exist, most precise first. */
const NAMES: readonly UsbName[] = [
  { vendor: 0x303a, product: 0x1001, name: 'USB of the chip itself (ESP32-C3, ESP32-S3)' },
  { vendor: 0x303a, name: 'Espressif board' },
  { vendor: 0x1a86, product: 0x7523, name: 'CH340 (D1 mini, NodeMCU v3 and many others)' },
  { vendor: 0x1a86, product: 0x55d4, name: 'CH9102 (newer ESP32 boards)' },
  { vendor: 0x1a86, product: 0x55d3, name: 'CH343 (newer ESP32 boards)' },
  { vendor: 0x1a86, name: 'USB serial chip of WCH' },
  { vendor: 0x10c4, product: 0xea60, name: 'CP210x (NodeMCU v2, ESP32 DevKit)' },
  { vendor: 0x0403, name: 'FTDI (USB serial adapter)' },
  { vendor: 0x067b, name: 'PL2303 (USB serial adapter)' },
];

/** A name that a person knows, or '' when nobody has given it one. */
export function usbName(vendor: number | undefined, product: number | undefined): string {
  const known = NAMES.find((entry) => {
    return entry.vendor === vendor && (entry.product === undefined || entry.product === product);
  });
  return known?.name ?? '';
}
