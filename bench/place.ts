import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "../src/db/client.ts";
import { startEmbedded } from "../src/db/embedded.ts";
import { openLog } from "../src/kit/log.ts";
import { cloneDatabase, fill } from "../test/kit/clone.ts";
import { startTestServer } from "../test/kit/server.ts";

/** A database of a benchmark, and where files may stand beside it. */
export interface Place {
  db: Database;
  url: string;
  directory: string;
  close(): Promise<void>;
}

/** As durable as a server without settings: what a benchmark acknowledges would survive a crash. */
export const DURABLE = { fsync: "on", synchronous_commit: "on", full_page_writes: "on" };

/** In a folder that stays, so that the next run finds what is in it; without one, nothing stays behind. */
export const openPlace = (folder: string | undefined, settings: Record<string, string> = {}): Promise<Place> =>
  folder ? openKept(folder, { ...DURABLE, ...settings }) : openOwn();

async function openOwn(): Promise<Place> {
  const server = await startTestServer(DURABLE);
  const { db, url, drop } = await cloneDatabase(server);
  const close = async () => {
    await drop();
    await server.stop();
  };
  return { db, url, directory: server.directory, close };
}

async function openKept(folder: string, settings: Record<string, string>): Promise<Place> {
  const directory = join(folder, "files");
  mkdirSync(directory, { recursive: true });
  const server = await startEmbedded({ dataDir: join(folder, "data"), log: openLog("silent"), settings });
  await fill(server.url);
  const db = openDatabase({ url: server.url });
  const close = async () => {
    await db.close();
    await server.stop();
  };
  return { db, url: server.url, directory, close };
}
