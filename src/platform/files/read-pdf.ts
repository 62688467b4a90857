import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { projectFolder } from "../config/project-folder.ts";

const LONGEST_MS = 30_000;
const MOST_OUTPUT_BYTES = 8 * 1024 * 1024;

const findings = z.object({
  pages: z.number().int().positive(),
  text: z.string(),
  picture: z.object({ png: z.base64(), width: z.number().int(), height: z.number().int() }).nullable(),
});

/** What a PDF says, and its first page as a small PNG. */
export interface ReadPdf {
  pages: number;
  text: string;
  picture: { png: Buffer; width: number; height: number } | null;
}

/** Built it lies beside the hub; where the sources themselves run (tests), Node takes it as it is written. */
const program = import.meta.url.endsWith(".ts")
  ? fileURLToPath(new URL("./read-pdf.process.ts", import.meta.url))
  : join(projectFolder, "dist/server/read-pdf.js");

/**
 * Reads a PDF in a process of its own, which sees that file and nothing of the hub. Null where the file is damaged,
 * protected with a password, or takes longer than half a minute.
 */
export function readPdf(path: string): Promise<ReadPdf | null> {
  const readable = [
    join(projectFolder, "node_modules"),
    join(projectFolder, "package.json"),
    dirname(program),
    path,
  ];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--permission", ...readable.map((one) => `--allow-fs-read=${one}`), program, path],
      {
        env: {},
        timeout: LONGEST_MS,
        killSignal: "SIGKILL",
        maxBuffer: MOST_OUTPUT_BYTES,
        windowsHide: true,
      },
      (error, output) => {
        if (error) return resolve(null);
        const read = findings.safeParse(parseJson(output));
        if (!read.success) return resolve(null);
        const { pages, text, picture } = read.data;
        resolve({ pages, text, picture: picture && { ...picture, png: Buffer.from(picture.png, "base64") } });
      },
    );
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
