/** A real standalone server as a child process, on its own port and database. */

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

import type { Candle } from '@trade-canvas/client';

const DEFAULT_JAR = fileURLToPath(
    new URL('../../standalone/target/quarkus-app/quarkus-run.jar', import.meta.url),
);
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 100;
/** How much of the server's output a failed start shows. */
const OUTPUT_CHARACTERS_MAX = 8_000;

export class TestServer {
    readonly port: number;
    readonly #folder: string;
    #process: ChildProcess | null = null;
    #output = '';

    private constructor(port: number, folder: string) {
        this.port = port;
        this.#folder = folder;
    }

    /** Starts a server with an empty database that offers the given series. */
    static async create(whitelist: readonly string[]): Promise<TestServer> {
        const folder = await mkdtemp(join(tmpdir(), 'trade-canvas-web-'));
        await writeFile(join(folder, 'whitelist.json'), JSON.stringify({ series_ids: whitelist }));
        const server = new TestServer(await freePort(), folder);
        await server.start();
        return server;
    }

    get url(): string {
        return `http://127.0.0.1:${this.port}`;
    }

    /** Starts the process on the same port and database as before and waits until it answers. */
    async start(): Promise<void> {
        const jar = process.env['TRADE_CANVAS_STANDALONE_JAR'] ?? DEFAULT_JAR;
        const javaHome = process.env['JAVA_HOME'];
        const options = (process.env['STANDALONE_OPTS'] ?? '').split(/\s+/).filter(Boolean);
        const java = javaHome === undefined ? 'java' : join(javaHome, 'bin', 'java');
        if (!existsSync(jar)) throw new Error(`no server at ${jar}: build the standalone module first`);
        const child = spawn(java, [...options, '-jar', jar], { cwd: this.#folder, env: this.#environment() });
        this.#process = child;
        this.#output = '';
        for (const stream of [child.stdout, child.stderr]) {
            stream?.on('data', (chunk) => (this.#output = (this.#output + chunk).slice(-OUTPUT_CHARACTERS_MAX)));
        }
        await this.#untilReady(child);
    }

    /** Ends the process and waits until it is gone. */
    async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
        const child = this.#process;
        this.#process = null;
        if (child === null || child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        const lastResort = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
        await gone;
        clearTimeout(lastResort);
    }

    async remove(): Promise<void> {
        await this.stop('SIGKILL');
        await rm(this.#folder, { recursive: true, force: true });
    }

    async postClosed(seriesId: string, candle: Candle): Promise<void> {
        await this.#post('/api/market/ingest/candle_closed', { series_id: seriesId, candle });
    }

    async postForming(seriesId: string, candle: Candle): Promise<void> {
        await this.#post('/api/market/ingest/candle_forming', { series_id: seriesId, candle });
    }

    /** Stores candles; sockets hear of them only when `publish` is set. */
    async postBatch(seriesId: string, candles: readonly Candle[], publish = false): Promise<void> {
        const body = { series_id: seriesId, candles, publish_ws: publish };
        await this.#post('/api/dev/market/ingest/candles_closed_batch', body);
    }

    async #post(path: string, body: unknown): Promise<void> {
        const response = await fetch(this.url + path, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
        });
        const answer = await response.text();
        if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${answer}`);
    }

    #environment(): NodeJS.ProcessEnv {
        const inherited = Object.entries(process.env).filter(([name]) => !/^(TRADE_CANVAS|QUARKUS)_/.test(name));
        return {
            ...Object.fromEntries(inherited),
            QUARKUS_HTTP_PORT: String(this.port),
            TRADE_CANVAS_DB_PATH: join(this.#folder, 'market.db'),
            TRADE_CANVAS_WHITELIST_PATH: join(this.#folder, 'whitelist.json'),
            TRADE_CANVAS_UPSTREAM: 'none',
            TRADE_CANVAS_ENABLE_DEBUG_API: '1',
            TRADE_CANVAS_ENABLE_DEV_API: '1',
        };
    }

    async #untilReady(child: ChildProcess): Promise<void> {
        const deadline = Date.now() + START_TIMEOUT_MS;
        while (Date.now() < deadline) {
            if (child.exitCode !== null) break;
            const answers = await fetch(`${this.url}/api/market/whitelist`).then(
                (response) => response.ok,
                () => false,
            );
            if (answers) return;
            await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        }
        await this.stop('SIGKILL');
        throw new Error(`the server did not become ready; its output ends with:\n${this.#output}`);
    }
}

export function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.once('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const address = probe.address();
            const port = typeof address === 'object' && address !== null ? address.port : 0;
            probe.close(() => resolve(port));
        });
    });
}
