// Runs in the page of a test, before anything else: an imitation of Web Serial, whose ports are on the test's side
// of a WebSocket at `imitationUrl`. `window.portChoice = 'none'` is a person who closes the list of ports.

class ImitationPort extends EventTarget {
  /** @type {ReadableStream<Uint8Array> | null} */
  readable = null;
  /** @type {WritableStream<Uint8Array> | null} */
  writable = null;
  /** @type {WebSocket | undefined} */
  socket;

  getInfo() {
    return { usbVendorId: 0x1a86, usbProductId: 0x7523 };
  }

  /** @param {{ baudRate: number }} options */
  async open({ baudRate }) {
    if (this.readable) throw new DOMException('The port is already open.', 'InvalidStateError');
    // @ts-expect-error A line in front of this file has it.
    const socket = new WebSocket(imitationUrl);
    socket.binaryType = 'arraybuffer';
    await new Promise((done) => socket.addEventListener('open', done));
    socket.send(JSON.stringify({ do: 'open', baudRate }));
    const answer = await new Promise((done) => {
      socket.addEventListener('message', ({ data }) => done(data), { once: true });
    });
    if (answer !== 'opened') throw new DOMException(String(answer), 'NetworkError');
    this.socket = socket;
    this.readable = new ReadableStream({ start: (controller) => this.feed(socket, controller) });
    this.writable = new WritableStream({ write: (bytes) => socket.send(Uint8Array.from(bytes)) });
  }

  async close() {
    const { socket } = this;
    this.socket = undefined;
    this.readable = this.writable = null;
    if (socket?.readyState !== WebSocket.OPEN) return;
    const closed = new Promise((done) => socket.addEventListener('close', done));
    socket.send(JSON.stringify({ do: 'close' }));
    await closed;
  }

  /** @param {object} signals */
  async setSignals(signals) {
    if (!this.socket) throw new DOMException('The port is closed.', 'InvalidStateError');
    this.socket.send(JSON.stringify({ do: 'signals', ...signals }));
  }

  /**
   * @param {WebSocket} socket
   * @param {ReadableStreamDefaultController<Uint8Array>} controller
   */
  feed(socket, controller) {
    socket.addEventListener('message', ({ data }) => {
      if (this.socket !== socket) return;
      if (typeof data !== 'string') return controller.enqueue(new Uint8Array(data));
      controller.error(new DOMException('The device has been lost.', 'NetworkError'));
      this.dispatchEvent(new Event('disconnect'));
    });
  }
}

// A browser may give out the same port again, also after it was unplugged: who has left it open cannot open it.
const only = new ImitationPort();

Object.defineProperty(navigator, 'serial', {
  value: {
    async requestPort() {
      if (Object(window).portChoice === 'none') throw new DOMException('No port selected.', 'NotFoundError');
      return only;
    },
  },
});
