import type { ClassSettings, Seat } from './seats.ts';

/** A sheet to print and cut: for each seat what its attendee needs. */
export function seatSheet(seats: readonly Seat[], common: ClassSettings): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Seats</title>
<style>
  body { font: 11pt/1.5 system-ui, sans-serif; margin: 1cm; }
  section { border: 1px dashed #888; padding: .6cm; break-inside: avoid; margin: 0 0 .4cm; }
  h1 { font-size: 16pt; margin: 0 0 .2cm; }
  dl { display: grid; grid-template-columns: 4cm 1fr; margin: 0; }
  dt { color: #555; }
  dd { margin: 0; font-family: ui-monospace, monospace; }
</style>
${seats.map((seat) => card(seat, common)).join('\n')}
</html>
`;
}

function card({ name, password, portal }: Seat, { wifi, prefix, mqtt }: ClassSettings): string {
  const [network] = wifi;
  const rows: [string, string][] = [
    ...(network ? [['Wi-Fi', network.ssid] as [string, string]] : []),
    ...(network?.password ? [['Wi-Fi password', network.password] as [string, string]] : []),
    ['Broker', `${mqtt.host}, port ${mqtt.port}`],
    ['User name', name],
    ['Password', password],
    ['Topic of a ring', `${prefix}/${name}/ring`],
    ['Without its Wi-Fi', `join ${name}, password ${portal}, and open http://192.168.4.1`],
    ['Ring it', `npx bell ring ${name} --broker mqtt://${name}@${mqtt.host}:${mqtt.port}`],
  ];
  const list = rows.map(([term, value]) => `<dt>${term}</dt><dd>${escape(value)}</dd>`).join('');
  return `<section><h1>${escape(name)}</h1><dl>${list}</dl></section>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
