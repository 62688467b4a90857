// Builds the server's programs into dist/server; packages stay outside the bundle.
import { defineConfig } from "vite";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  publicDir: false,
  build: {
    ssr: true,
    outDir: "dist/server",
    target: "node22",
    sourcemap: true,
    emptyOutDir: true,
    rollupOptions: {
      input: {
        main: "src/main.ts",
        cli: "src/cli.ts",
        bench: "bench/main.ts",
        // A process of its own: src/platform/files/read-pdf.ts.
        "read-pdf": "src/platform/files/read-pdf.process.ts",
      },
      output: { format: "esm" },
    },
  },
});
