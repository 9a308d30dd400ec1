/** A TCP relay in front of the server, so that a test decides when the page can reach it. */

import { connect, createServer, type Server, type Socket } from 'node:net';

export class Gate {
    readonly #server: Server;
    readonly #sockets = new Set<Socket>();
    #open = true;

    private constructor(targetPort: number) {
        this.#server = createServer((client) => this.#relay(client, targetPort));
    }

    static async before(targetPort: number): Promise<Gate> {
        const gate = new Gate(targetPort);
        await new Promise<void>((resolve) => gate.#server.listen(0, '127.0.0.1', resolve));
        return gate;
    }

    get url(): string {
        const address = this.#server.address();
        if (typeof address !== 'object' || address === null) throw new Error('the gate is not listening');
        return `http://127.0.0.1:${address.port}`;
    }

    /** Cuts every connection and refuses new ones. */
    shut(): void {
        this.#open = false;
        for (const socket of this.#sockets) socket.destroy();
    }

    unlock(): void {
        this.#open = true;
    }

    async remove(): Promise<void> {
        this.shut();
        await new Promise((resolve) => this.#server.close(resolve));
    }

    #relay(client: Socket, targetPort: number): void {
        if (!this.#open) {
            client.destroy();
            return;
        }
        const target = connect(targetPort, '127.0.0.1');
        for (const [socket, other] of [
            [client, target],
            [target, client],
        ] as const) {
            this.#sockets.add(socket);
            socket.on('error', () => other.destroy());
            socket.on('close', () => {
                this.#sockets.delete(socket);
                other.destroy();
            });
            socket.pipe(other);
        }
    }
}
