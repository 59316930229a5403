import { createHash } from 'node:crypto';
import { constants, inflateSync } from 'node:zlib';
import type { FakeChip } from './chip.ts';

/** Requests by their numbers. */
const NAMES: Readonly<Record<number, string>> = {
  0x02: 'flash begin', 0x03: 'flash data', 0x04: 'flash end', 0x05: 'mem begin', 0x06: 'mem end', 0x07: 'mem data',
  0x08: 'sync', 0x09: 'write reg', 0x0a: 'read reg', 0x0b: 'spi params', 0x0d: 'spi attach', 0x0f: 'baud',
  0x10: 'defl begin', 0x11: 'defl data', 0x12: 'defl end', 0x13: 'md5', 0x14: 'security', 0xd2: 'read flash',
};
const MAGIC_REGISTER = 0x40001000;
/** Errors, as the ROM numbers them; the stub's begin with C. */
const INVALID = 0x05;
const BAD_CHECKSUM = 0xc1;

interface Writing {
  readonly address: number;
  readonly size: number;
  packed: Buffer;
  done: number;
}

/** ROM loader and stub: answers one request after the other. */
export class LoaderProgram {
  private isStub = false;
  private readonly registers = new Map<number, number>();
  private writing: Writing | undefined;
  /** What is left to send of a reading of flash: the host says how much it has. */
  private reading: { data: Buffer; sent: number; block: number } | undefined;

  constructor(
    private readonly chip: FakeChip,
    private readonly echoesUnknown: boolean,
    private readonly send: (packet: Uint8Array) => void,
  ) {
    for (const [address, value] of Object.entries(chip.model.fuses(chip.mac))) {
      this.registers.set(Number(address), value);
    }
    this.registers.set(MAGIC_REGISTER, chip.model.magic);
  }

  static nameOf(packet: Uint8Array): string {
    return packet.length === 4 ? 'read ack' : NAMES[packet[1] ?? 0] ?? `0x${packet[1]?.toString(16)}`;
  }

  take(packet: Uint8Array): void {
    const bytes = Buffer.from(packet);
    if (this.reading && bytes.length === 4) return this.sendMore(bytes.readUInt32LE());
    const [, op = 0] = bytes;
    const data = bytes.subarray(8);
    if (op === 0x07 || op === 0x11 || op === 0x03) {
      const sum = data.subarray(16).reduce((xor, byte) => xor ^ byte, 0xef);
      if (sum !== bytes.readUInt32LE(4)) return this.refuse(op, BAD_CHECKSUM);
    }
    this.answer(op, data);
  }

  private answer(op: number, data: Buffer): void {
    switch (op) {
      case 0x08: return this.sync();
      case 0x0a: return this.reply(op, this.registers.get(data.readUInt32LE()) ?? 0);
      case 0x09: return this.writeRegister(op, data);
      case 0x05: case 0x07: case 0x0b: case 0x0d: return this.reply(op);
      case 0x06: return this.runStub(op);
      case 0x0f: return this.changeBaud(op, data);
      case 0x10: return this.deflBegin(op, data);
      case 0x11: return this.deflData(op, data);
      case 0x12: return this.reply(op);
      case 0x13: return this.md5(op, data);
      case 0xd2: return this.readFlash(op, data);
      case 0x14: if (this.chip.model.chipId !== undefined) return this.security(op, this.chip.model.chipId);
    }
    return this.unknown(op);
  }

  private sync(): void {
    if (this.isStub) return this.reply(0x08, 0);
    for (let i = 0; i < 8; i++) this.reply(0x08, 0x20120707);
  }

  private unknown(op: number): void {
    for (let i = 0; i < 8; i++) this.refuse(this.echoesUnknown ? op : 0, INVALID);
  }

  private security(op: number, chipId: number): void {
    const info = Buffer.alloc(20);
    info.writeUInt32LE(chipId, 12);
    this.reply(op, 0, info);
  }

  private writeRegister(op: number, data: Buffer): void {
    const { base, w0 } = this.chip.model.spi;
    const address = data.readUInt32LE();
    const value = data.readUInt32LE(4);
    const starts = address === base && value === 1 << 18;
    this.registers.set(address, starts ? 0 : value);
    // The flash chip answers its identity: maker, kind, and the logarithm of its size.
    if (starts) this.registers.set(base + w0, (Math.log2(this.chip.flashKb * 1024) << 16) | 0x4020);
    this.reply(op);
  }

  private runStub(op: number): void {
    this.reply(op);
    this.isStub = true;
    this.send(Buffer.from('OHAI'));
  }

  private changeBaud(op: number, data: Buffer): void {
    this.reply(op);
    this.chip.baud = data.readUInt32LE();
  }

  private deflBegin(op: number, data: Buffer): void {
    const [size, address] = [data.readUInt32LE(), data.readUInt32LE(12)];
    if (address + size > this.chip.flash.bytes.length) return this.refuse(op, INVALID);
    this.writing = { address, size, packed: Buffer.alloc(0), done: 0 };
    this.reply(op);
  }

  private deflData(op: number, data: Buffer): void {
    const { writing } = this;
    if (!writing) return this.refuse(op, INVALID);
    writing.packed = Buffer.concat([writing.packed, data.subarray(16)]);
    const plain = inflateSync(writing.packed, { finishFlush: constants.Z_SYNC_FLUSH });
    const { flash } = this.chip;
    // A sector is erased when the first byte for it has come.
    const sector = (offset: number) => Math.ceil((writing.address + offset) / 4096) * 4096;
    const [from, to] = [sector(writing.done), sector(plain.length)];
    if (to > from) flash.erase(from, to - from);
    flash.write(writing.address + writing.done, plain.subarray(writing.done));
    writing.done = plain.length;
    this.reply(op);
  }

  private md5(op: number, data: Buffer): void {
    const [address, size] = [data.readUInt32LE(), data.readUInt32LE(4)];
    const region = this.chip.flash.bytes.subarray(address, address + size);
    const sum = createHash('md5').update(region).digest();
    this.reply(op, 0, this.isStub ? sum : Buffer.from(sum.toString('hex')));
  }

  private readFlash(op: number, data: Buffer): void {
    if (!this.isStub) return this.unknown(op);
    const [address, size, block] = [data.readUInt32LE(), data.readUInt32LE(4), data.readUInt32LE(8)];
    this.reply(op);
    this.reading = { data: Buffer.from(this.chip.flash.bytes.subarray(address, address + size)), sent: 0, block };
    this.sendMore(0);
  }

  /** The next block when the host has the last one; behind all of them their MD5. */
  private sendMore(received: number): void {
    const { reading } = this;
    if (!reading || received < reading.sent) return;
    if (received >= reading.data.length) {
      this.reading = undefined;
      return this.send(createHash('md5').update(reading.data).digest());
    }
    const block = reading.data.subarray(reading.sent, reading.sent + reading.block);
    reading.sent += block.length;
    this.send(block);
  }

  private reply(op: number, value = 0, data: Uint8Array = new Uint8Array(0)): void {
    const status = Buffer.alloc(this.isStub ? 2 : this.chip.model.statusBytes);
    this.sendReply(op, value, Buffer.concat([data, status]));
  }

  private refuse(op: number, code: number): void {
    const status = Buffer.alloc(this.isStub ? 2 : this.chip.model.statusBytes);
    status[0] = 1;
    status[1] = code;
    this.sendReply(op, 0, status);
  }

  private sendReply(op: number, value: number, rest: Buffer): void {
    const head = Buffer.alloc(8);
    head[0] = 1;
    head[1] = op;
    head.writeUInt16LE(rest.length, 2);
    head.writeUInt32LE(value >>> 0, 4);
    this.send(Buffer.concat([head, rest]));
  }
}
