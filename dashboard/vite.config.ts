import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Where `npx vite dashboard` finds an engine: the real one's default address. */
const ENGINE = 'http://127.0.0.1:4680';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { conditions: ['botworth-source', ...defaultClientConditions] },
  server: { host: '127.0.0.1', proxy: { '/api': ENGINE, '/v1': ENGINE, '/enter': ENGINE } },
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0 },
});
