import type { ClientSocket, ClientSocketConstructor } from '../src/client.ts';

/** A socket whose other end is the test. */
export class FakeSocket implements ClientSocket {
    onopen: ClientSocket['onopen'] = null;
    onmessage: ClientSocket['onmessage'] = null;
    onclose: ClientSocket['onclose'] = null;
    onerror: ClientSocket['onerror'] = null;
    readonly url: string;
    readonly sent: unknown[] = [];
    closedByClient = false;

    constructor(url: string) {
        this.url = url;
    }

    send(frame: string): void {
        this.sent.push(JSON.parse(frame));
    }

    close(): void {
        this.closedByClient = true;
    }

    /** The server accepts the connection. */
    accept(): void {
        this.onopen?.({} as never);
    }

    /** The server sends a message. */
    push(message: unknown): void {
        this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
    }

    /** What the socket reports of a failure. */
    error(): void {
        this.onerror?.({} as never);
    }

    /** The server, or the network, ends the connection. */
    drop(code = 1006): void {
        this.onclose?.({ code });
    }
}

/** Hands out sockets and keeps them for the test. */
export class FakeNetwork {
    readonly sockets: FakeSocket[] = [];
    readonly socket: ClientSocketConstructor;

    constructor() {
        const { sockets } = this;
        this.socket = class extends FakeSocket {
            constructor(url: string) {
                super(url);
                sockets.push(this);
            }
        };
    }

    get last(): FakeSocket {
        const socket = this.sockets.at(-1);
        if (socket === undefined) throw new Error('no socket was opened');
        return socket;
    }
}
