import type { Board } from '../../../boards/board.ts';
import type { Interpreter } from '../../../boards/interpreters.ts';
import { Failure } from '../../../scripts/lib/failure.ts';
import type {
  BellLogin, BellNews, BellRequest, Fault, ImagesAnswer, ImagesRequest, PinAnswer,
} from '../../usb-messages.ts';

/** The content of Storage that a board is flashed with. */
export function getFirmware(board: Board): Promise<Uint8Array> {
  return getBytes(`usb/firmware/${board.id}`);
}

/** Where the files of an interpreter are. */
export async function getImages({ id }: Interpreter): Promise<ImagesAnswer> {
  return (await ask(`usb/interpreter/${id}`)).json() as Promise<ImagesAnswer>;
}

/** One of them. */
export function getImage({ id }: Interpreter, file: string): Promise<Uint8Array> {
  return getBytes(`usb/interpreter/${id}/${file}`);
}

/** Asks for a download, or for a look at hashes. */
export async function change<T extends ImagesAnswer | PinAnswer>(
  { id }: Interpreter, request: ImagesRequest,
): Promise<T> {
  const answer = await ask(`usb/interpreter/${id}`, { method: 'POST', body: JSON.stringify(request) });
  return answer.json() as Promise<T>;
}

async function getBytes(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await ask(path)).arrayBuffer());
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new Failure('The workshop does not answer', 'Is npm start still running?');
  });
  if (response.ok) return response;
  const { fault, cure } = await response.json().catch(() => ({ fault: `The workshop answers ${response.status}` })) as
    Partial<Fault>;
  throw new Failure(fault ?? 'The workshop failed', cure ?? '');
}

/** A line to one bell, through the workshop: a page in a browser has no MQTT of its own. */
export class BellLine {
  private constructor(private readonly socket: WebSocket) {}

  /** Opens it. The login goes to the workshop on this computer, which keeps it for as long as the line is open. */
  static open(login: BellLogin, told: (news: BellNews) => void): BellLine {
    const socket = new WebSocket(new URL('usb/bell', location.href.replace(/^http/, 'ws')));
    const line = new BellLine(socket);
    socket.onopen = () => line.say({ do: 'listen', login });
    socket.onmessage = ({ data }) => told(JSON.parse(String(data)) as BellNews);
    const gone = { fault: 'The workshop has hung up', cure: 'Is npm start still running?' };
    socket.onclose = () => told({ type: 'fault', ...gone });
    return line;
  }

  ring(): void {
    this.say({ do: 'ring' });
  }

  close(): void {
    this.socket.onclose = this.socket.onmessage = this.socket.onopen = null;
    this.socket.close();
  }

  private say(request: BellRequest): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(request));
  }
}
