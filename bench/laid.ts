import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "../src/db/client.ts";
import { startEmbedded } from "../src/db/embedded.ts";
import { openLog } from "../src/kit/log.ts";
import { cloneDatabase, fill } from "../test/kit/clone.ts";
import { startTestServer } from "../test/kit/server.ts";
import { buildDataSet, type DataSet, findDataSet } from "./data-set.ts";
import { DURABLE } from "./kit.ts";

/** A data set that was laid down, and where files may stand beside it. */
export interface Laid {
  db: Database;
  url: string;
  directory: string;
  dataSet: DataSet;
  close(): Promise<void>;
}

/** A data set of so many touchpoints, only to be read: in a folder that stays, where one is named, so that the next run finds it. */
export async function openLaid(touchpoints: number, folder: string | undefined): Promise<Laid> {
  const { close, ...opened } = await (folder ? openKept(folder) : openOwn());
  const found = await findDataSet(opened.db);
  const dataSet = found.touchpoints > 0 ? found : await buildDataSet(opened.db, touchpoints, { isIndexed: false });
  return { ...opened, dataSet, close };
}

async function openOwn() {
  const server = await startTestServer(DURABLE);
  const { db, url, drop } = await cloneDatabase(server);
  const close = async () => {
    await drop();
    await server.stop();
  };
  return { db, url, directory: server.directory, close };
}

/** Fast to write, since the data can be made again; to read, it is as any other. */
const HASTY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "20GB" };

async function openKept(folder: string) {
  const directory = join(folder, "files");
  mkdirSync(directory, { recursive: true });
  const server = await startEmbedded({ dataDir: join(folder, "data"), log: openLog("silent"), settings: HASTY });
  await fill(server.url);
  const db = openDatabase({ url: server.url });
  const close = async () => {
    await db.close();
    await server.stop();
  };
  return { db, url: server.url, directory, close };
}
