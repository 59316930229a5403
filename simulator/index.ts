export { Board, createBoard } from './board.ts';
export type { BoardOptions, ResetReason } from './board-options.ts';
export { CHIPS } from './chip.ts';
export type { Chip } from './chip.ts';
export { FaultyNetwork } from './faulty-network.ts';
export { memoryNetwork } from './memory-network.ts';
export type { Answer, Connect } from './memory-network.ts';
export type {
  DatagramReceiver, DatagramSocket, Dialer, DialFailure, Faults, Link, LinkEvents, Network, SimulatedNetwork,
} from './network.ts';
export type { Level, PinEdge } from './pins.ts';
export type { AccessPoint } from './radio.ts';
export { tcpNetwork } from './tcp-network.ts';
export type { TcpOptions } from './tcp-network.ts';
export { PacedTime } from './paced-time.ts';
export { realTime } from './time.ts';
export type { Cancel, Time } from './time.ts';
export { VirtualTime } from './virtual-time.ts';
