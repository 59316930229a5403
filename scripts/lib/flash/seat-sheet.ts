import type { ClassSettings, Login, Seat } from './seats.ts';

/** A sheet to print and cut: a card for the teacher, and one for each seat with what its attendee needs. */
export function seatSheet(seats: readonly Seat[], teacher: Login, common: ClassSettings): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Seats</title>
<style>
  @page { size: A4; margin: 1cm; }
  body { font: 9.5pt/1.3 system-ui, sans-serif; margin: 0; color: #000; }
  section { border: 1px dashed #888; padding: .3cm .5cm .35cm; break-inside: avoid; margin: 0 0 -1px; }
  h1 { font-size: 14pt; margin: 0 0 .1cm; }
  h1 small { font-size: 10pt; font-weight: normal; color: #444; }
  dl { display: grid; grid-template-columns: 3.6cm 1fr; margin: 0; }
  dt { color: #444; }
  dd { margin: 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
  dd.words { font-family: inherit; }
</style>
${card(teacher, teacherRows(common, teacher.name), common, 'keep this one: it rings them all')}
${seats.map((seat) => card(seat, seatRows(common, seat), common, '')).join('\n')}
</html>
`;
}

/** A term, what stands beside it, and whether that is to be typed as it is. */
type Row = readonly [term: string, value: string, isTyped?: boolean];

function card({ name, password }: Login, rows: readonly Row[], common: ClassSettings, remark: string): string {
  const [network] = common.wifi;
  const all: Row[] = [
    ...(network ? [['Wi-Fi', network.ssid, true] as const] : []),
    ...(network?.password ? [['Wi-Fi password', network.password, true] as const] : []),
    ['Broker', `${common.mqtt.host}, port ${common.mqtt.port}`, true],
    ['User name', name, true],
    ['Password', password, true],
    ...rows,
  ];
  const list = all.map(([term, value, isTyped]) => {
    return `<dt>${term}</dt><dd${isTyped ? '' : ' class="words"'}>${escape(value)}</dd>`;
  });
  const title = `${escape(name)}${remark === '' ? '' : ` <small>${remark}</small>`}`;
  return `<section><h1>${title}</h1><dl>${list.join('')}</dl></section>`;
}

function seatRows(common: ClassSettings, { name, portal }: Seat): Row[] {
  return [
    ['Topic of a ring', `${common.prefix}/${name}/ring`, true],
    ['Ring it', ring(common, name, name), true],
    ['Silence', ring(common, `${name} 0`, name), true],
    ['Without the Wi-Fi', `join ${name}, password ${portal}, and open http://192.168.4.1`, true],
    ['At home', 'Plug the board in and run npx bell provision: it moves to your network and broker.'],
  ];
}

function teacherRows(common: ClassSettings, name: string): Row[] {
  return [
    ['Ring them all', ring(common, 'all', name), true],
    ['Silence', ring(common, 'all 0', name), true],
    ['Hear them', `npx bell watch --broker ${url(common, name)}`, true],
    ['Afterwards', 'Take the passwords of this class off the broker, and change that of the Wi-Fi.'],
  ];
}

function ring(common: ClassSettings, bell: string, user: string): string {
  const prefix = common.prefix === 'bell' ? '' : ` --prefix ${common.prefix}`;
  return `npx bell ring ${bell} --broker ${url(common, user)}${prefix}`;
}

function url({ mqtt }: ClassSettings, user: string): string {
  return `mqtt://${user}@${mqtt.host}:${mqtt.port}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
