import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type House, openHouse } from "../chaos/house.ts";
import { copyCluster } from "../kit/server.ts";

const DISK_BYTES = 150_000_000;
const page = (sourceId: number) => ({
  source: "web",
  sourceId: String(sourceId),
  identities: [{ namespace: "custid", value: String(sourceId) }],
  occurredAt: "2026-11-20T09:00:00Z",
  kind: "PAGE_VIEW",
  channel: "WEB",
  name: `/${"a long path ".repeat(80)}${sourceId}`,
});

const directory = mkdtempSync(join(inject("directory"), "disk-"));
const canMount = mount();
afterAll(() => {
  if (canMount) execFileSync("umount", [directory]);
  rmSync(directory, { recursive: true, force: true });
});

// Only root may make a disk to fill.
describe.skipIf(!canMount)("a full disk", () => {
  let house: House;
  beforeAll(async () => {
    copyCluster(inject("cluster"), join(directory, "data"));
    house = await openHouse(join(directory, "data"));
  });
  afterAll(() => house?.stop());

  test("is UNAVAILABLE, loses nothing that was acknowledged, and is over when there is room again", async () => {
    const taken = await send(1);
    fill(join(directory, "ballast"));

    const refused = await untilRefused();
    unlinkSync(join(directory, "ballast"));
    const after = await untilTaken();
    const again = await send(1);

    expect(refused).toMatchObject({ status: 503, body: { error: { code: "UNAVAILABLE" } } });
    expect(statusesOf(after)).toEqual(["ACCEPTED"]);
    expect([statusesOf(taken), statusesOf(again)]).toEqual([["ACCEPTED"], ["REPEATED"]]);
  });

  /** What is left of its files takes some records more. */
  async function untilRefused(): Promise<Reply> {
    for (let batch = 2; ; batch += 1) {
      const reply = await send(batch);
      if (reply.status !== 200) return reply;
    }
  }

  async function untilTaken(): Promise<Reply> {
    for (let patience = 20; ; patience -= 1) {
      const reply = await send(1_000);
      if (reply.status === 200 || patience === 0) return reply;
      await sleep(250);
    }
  }

  async function send(batch: number): Promise<Reply> {
    const reply = await house.post(
      "/v1/touchpoints",
      Array.from({ length: 400 }, (_, n) => page(batch * 1_000 + n)),
    );
    return { status: reply!.status, body: JSON.parse(reply!.text) };
  }
});

interface Reply {
  status: number;
  body: { receipts?: { status: string }[]; error?: { code: string } };
}

const statusesOf = ({ body }: Reply) => [...new Set(body.receipts?.map(({ status }) => status))];

function mount(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", directory], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, "w");
  try {
    for (;;) writeSync(file, Buffer.alloc(Math.min(65_536, Math.max(1, statfsSync(directory).bfree * 4_096))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    closeSync(file);
  }
}
