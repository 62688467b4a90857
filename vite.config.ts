// Builds what the browser gets (styles and behaviors) into dist/client, with hashed names and a manifest.
// The server itself is built by `vite build --ssr` with vite.server.config.ts.
import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

const behaviors = readdirSync("client").filter((name) => name.endsWith(".ts"));

export default defineConfig({
  publicDir: "client/public",
  build: {
    outDir: "dist/client",
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    rollupOptions: {
      input: ["client/styles/trellis.scss", ...behaviors.map((name) => `client/${name}`)],
      output: { assetFileNames: "assets/[name]-[hash][extname]", entryFileNames: "assets/[name]-[hash].js" },
    },
  },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: ["node_modules/@uswds/uswds/packages"],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "if-function"],
      },
    },
  },
});
