import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** What is published is what meets the real server. */
const CLIENT_PACKAGE = { '@trade-canvas/client': fileURLToPath(new URL('client/dist/index.js', import.meta.url)) };

export default defineConfig({
    resolve: { alias: CLIENT_PACKAGE },
    test: {
        // Node 20 has its WebSocket behind this switch.
        execArgv: ['--experimental-websocket'],
        include: ['browser-tests/**/*.test.ts'],
        environment: 'node',
        // One browser and one server at a time: the build machines have two cores.
        fileParallelism: false,
        testTimeout: 60_000,
        hookTimeout: 90_000,
    },
});
