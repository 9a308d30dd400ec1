import { defineConfig } from 'vitest/config';

import { CLIENT_SOURCE } from './vite.config.ts';

export default defineConfig({
    resolve: { alias: CLIENT_SOURCE },
    test: {
        include: ['test/**/*.test.ts', 'client/test/**/*.test.ts'],
        environment: 'node',
    },
});
