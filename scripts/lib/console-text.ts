/** An edge that the trace shim reported: pin, level, and the interpreter's time in ms since 1970. */
export interface Edge {
  readonly pin: string;
  readonly level: 0 | 1;
  readonly ms: number;
}

/** Listeners for what an interpreter writes on its console. */
export interface ConsoleEvents {
  onLine?(line: string): void;
  onEdge?(edge: Edge): void;
}

// What the interpreter draws around the text that a program prints: prompt, escape codes, returns.
const DRAWING = /\x1b\[[0-9;]*[A-Za-z]|[\r\b]/g;
// How the trace shim marks an edge.
const EDGE = /^\x01(\S+) ([01]) (\S+)$/;

// What E.reboot() says on Linux, just before it ends the process.
const RESTARTS = 'Not implemented';

/** Takes the interpreter's output in any pieces and calls back for each line and edge in it. */
export function consoleReader(events: ConsoleEvents): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) readLine(line.replace(DRAWING, '').replace(/^>+/, ''), events);
  };
}

function readLine(line: string, { onLine, onEdge }: ConsoleEvents): void {
  const edge = EDGE.exec(line);
  if (edge) onEdge?.({ pin: edge[1]!, level: edge[2] === '1' ? 1 : 0, ms: Number(edge[3]) });
  else if (line.trim() !== '' && line !== RESTARTS) onLine?.(line);
}
