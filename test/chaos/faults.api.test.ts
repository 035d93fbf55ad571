import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { openDatabase } from "../../src/db/client.ts";
import { sql } from "../../src/db/sql.ts";
import { read } from "../kit/read.ts";
import { copyCluster } from "../kit/server.ts";
import { type House, openHouse, postmasterIn } from "./house.ts";

// A database that stands still, a disk that is full, a clock that is off: what was acknowledged is stored, each once.
// Every night: CHAOS_FAULTS=yes CHAOS_FREEZE_MS=30000 npx vitest run test/chaos

const isNight = process.env.CHAOS_FAULTS === "yes";
const FREEZE_MS = Number(process.env.CHAOS_FREEZE_MS ?? 1_500);
const timeout = 90_000 + FREEZE_MS;
const DAY_MS = 86_400_000;
let directory: string;
let house: House | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(inject("directory"), "faults-"));
});
afterEach(async () => {
  await house?.stop();
  house = undefined;
  rmSync(directory, { recursive: true, force: true });
}, timeout);

async function open(dataDir: string, settings: Record<string, string> = {}): Promise<House> {
  copyCluster(inject("cluster"), dataDir);
  house = await openHouse(dataDir, settings);
  return house;
}

interface Post {
  /** The receipts' statuses by the calls' ids; of what nobody answered, nothing. */
  told: Map<string, string>;
  refusals: Set<number>;
  /** Sends calls one after another until it is stopped; each until it is acknowledged. */
  send(): Promise<void>;
  stop(): void;
}

function openPost(to: House): Post {
  const told = new Map<string, string>();
  const refusals = new Set<number>();
  let isOver = false;
  let next = 0;
  const once = async (sourceId: string) => {
    const call = { source: "cti", sourceId, startedAt: new Date().toISOString(), notes: "x".repeat(2_000) };
    const reply = await to.post("/v1/calls", call);
    if (reply?.status === 200 || reply?.status === 422) told.set(sourceId, JSON.parse(reply.text).receipts[0].status);
    else if (reply) refusals.add(reply.status);
    return told.has(sourceId);
  };
  return {
    told,
    refusals,
    async send() {
      while (!isOver) {
        const sourceId = `call ${next++}`;
        while (!(await once(sourceId)) && !isOver) await sleep(20);
      }
    },
    stop: () => {
      isOver = true;
    },
  };
}

const taken = ({ told }: Post) =>
  [...told].flatMap(([sourceId, status]) => (["ACCEPTED", "REPEATED"].includes(status) ? [sourceId] : [])).sort();

async function storedCalls(at: House): Promise<string[]> {
  const db = openDatabase({ url: at.databaseUrl() });
  const rows = await read<{ sourceId: string }>(
    db,
    sql`select source_id as "sourceId" from interactions where source = 'cti'`,
  );
  await db.close();
  return rows.map(({ sourceId }) => sourceId).sort();
}

/** Everything acknowledged is stored, each once; what was sent last may be stored without an answer. */
async function expectKept(at: House, post: Post, senders: number): Promise<void> {
  const stored = await storedCalls(at);
  const acknowledged = taken(post);
  const unanswered = stored.filter((sourceId) => !acknowledged.includes(sourceId));
  expect(acknowledged.filter((sourceId) => !stored.includes(sourceId))).toEqual([]);
  expect(new Set(stored).size).toBe(stored.length);
  expect(unanswered.length).toBeLessThanOrEqual(senders);
}

/** Sends by so many at once while something happens, and a while after. */
async function whileSending(post: Post, senders: number, happening: () => Promise<void>): Promise<void> {
  const sending = Array.from({ length: senders }, () => post.send());
  try {
    await happening();
  } finally {
    post.stop();
    await Promise.all(sending);
  }
}

const more = (post: Post, count: number) => {
  const wanted = post.told.size + count;
  return expect.poll(() => post.told.size, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(wanted);
};

/** The process and those that it started. */
function familyOf(pid: number): number[] {
  const children = readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))![1]) === pid;
    } catch {
      return false;
    }
  });
  return [pid, ...children.map(Number)];
}

test.skipIf(!isNight || process.platform !== "linux")(
  `a database that stands still for ${FREEZE_MS} ms`,
  { timeout },
  async () => {
    const at = await open(directory);
    const post = openPost(at);

    await whileSending(post, 4, async () => {
      await more(post, 20);
      const family = familyOf(postmasterIn(directory));
      for (const pid of family) process.kill(pid, "SIGSTOP");
      const before = post.told.size;
      const card = await sleep(FREEZE_MS)
        .then(() => at.get("/v1/callers?phone=%2B46701234567"))
        .finally(() => {
          for (const pid of family) process.kill(pid, "SIGCONT");
        });
      // A menu is answered all the same, and nothing was acknowledged that could not be stored.
      expect(card).toMatchObject({ status: 200 });
      expect(post.told.size - before).toBeLessThanOrEqual(4);
      await more(post, 20);
    });

    await expectKept(at, post, 4);
  },
);

const canMount = isNight && process.platform === "linux" && process.getuid?.() === 0 && mounts();
if (isNight && !canMount)
  process.stderr.write("No file system of a fixed size can be mounted here: a full disk is not tried.\n");

function mounts(): boolean {
  const place = mkdtempSync("/tmp/c360-mount-");
  try {
    mount(place, "1m");
    execFileSync("umount", [place], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function mount(place: string, size: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "none", place], { stdio: "ignore" });
}

describe.skipIf(!canMount)("a disk", () => {
  let disk: string;
  beforeEach(() => {
    disk = join(directory, "disk");
    mkdirSync(disk);
    mount(disk, "256m");
  });
  afterEach(async () => {
    await house?.stop();
    house = undefined;
    execFileSync("umount", ["-l", disk], { stdio: "ignore" });
  }, timeout);

  test("that is full refuses, and takes in again once there is room", { timeout }, async () => {
    const at = await open(join(disk, "data"));
    const post = openPost(at);

    await whileSending(post, 4, async () => {
      await more(post, 20);
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, "ballast"), Buffer.alloc(bavail * bsize - 100_000));
      await expect.poll(() => post.refusals.size, { timeout: 60_000 }).toBeGreaterThan(0);
      rmSync(join(disk, "ballast"));
      await more(post, 20);
    });

    expect([...post.refusals].filter((status) => status < 500)).toEqual([]);
    await expectKept(at, post, 4);
  });
});

/** A flag of Node by which a process's clock is off. */
const clockOff = (ms: number) => {
  const script = `const R=Date;globalThis.Date=class extends R{constructor(...a){if(a.length)super(...a);else super(R.now()+${ms})}static now(){return R.now()+${ms}}}`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
};

test.skipIf(!isNight).each([
  ["a day ahead", DAY_MS, "ACCEPTED"],
  ["a day behind", -DAY_MS, "REJECTED"],
])("a clock that is %s", { timeout }, async (_, ms, status) => {
  const at = await open(directory, clockOff(ms));
  const post = openPost(at);
  await whileSending(post, 4, () => more(post, 20));

  expect(new Set(post.told.values())).toEqual(new Set([status]));
  await expectKept(at, post, 4);
  // What lies ahead of the server's clock is refused with its reason, and kept: with the right clock it is taken in.
  await at.restart({ NODE_OPTIONS: "" });
  await at.post("/graphql", { query: "mutation { replayRejections { accepted } }" });
  expect((await storedCalls(at)).length).toBeGreaterThanOrEqual(post.told.size);
});
