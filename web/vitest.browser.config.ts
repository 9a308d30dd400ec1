import { defineConfig } from 'vitest/config';

export default defineConfig({
    test: {
        include: ['browser-tests/**/*.test.ts'],
        environment: 'node',
        // One browser and one server at a time: the build machines have two cores.
        fileParallelism: false,
        testTimeout: 60_000,
        hookTimeout: 90_000,
    },
});
