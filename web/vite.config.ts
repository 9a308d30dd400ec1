import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

const devServer = process.env['TRADE_CANVAS_DEV_SERVER'] ?? 'http://127.0.0.1:8000';

/** The page is built from the client's source; its package has no address in node_modules. */
export const CLIENT_SOURCE = {
    '@trade-canvas/client': fileURLToPath(new URL('client/src/index.ts', import.meta.url)),
};

export default defineConfig({
    resolve: { alias: CLIENT_SOURCE },
    // Relative, so that the page also works behind a proxy that serves it under a path.
    base: './',
    build: {
        // Inside a jar this is the place from which Quarkus serves static files.
        outDir: 'target/classes/META-INF/resources',
        emptyOutDir: true,
        license: { fileName: 'third-party-licenses.md' },
    },
    server: {
        proxy: {
            '/api': devServer,
            '/ws': { target: devServer, ws: true },
        },
    },
});
