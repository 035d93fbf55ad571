import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type App, openApp } from "../../src/app.ts";
import { openDatabase } from "../../src/db/client.ts";
import { dataOf } from "../../src/db/cluster.ts";
import { type Embedded, startEmbedded } from "../../src/db/embedded.ts";
import { sql } from "../../src/db/sql.ts";
import { openLog } from "../../src/kit/log.ts";
import { ADMIN_KEY, configFor } from "../app/use-app.ts";
import { read } from "../kit/read.ts";
import { copyCluster } from "../kit/server.ts";

/** Named apart, since knip takes a name in a call for a package of ours. */
const OPENSSL = "openssl";
const hasOpenssl = spawnSync(OPENSSL, ["version"]).status === 0;
if (!hasOpenssl) process.stderr.write("No openssl: PostgreSQL over TLS is not tried.\n");

const timeout = 60_000;
const house = {} as { folder: string; cert: string; other: string; server: Embedded; app: App };

/** A certificate for 127.0.0.1, signed by itself. */
function certify(name: string): { cert: string; key: string } {
  const [cert, key] = [join(house.folder, `${name}.pem`), join(house.folder, `${name}.key`)];
  const made = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=${name} -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`;
  execFileSync(OPENSSL, made.split(" "), { stdio: "ignore" });
  return { cert, key };
}

const over = (sslmode: string, ca: string) => {
  const url = new URL(house.server.url);
  url.searchParams.set("sslmode", sslmode);
  url.searchParams.set("sslrootcert", ca);
  return url.href;
};

// The database says of each connection whether it is encrypted: the pools, the one that listens, the one that copies.
describe.skipIf(!hasOpenssl)("PostgreSQL over TLS", () => {
  beforeAll(async () => {
    house.folder = mkdtempSync(join(inject("directory"), "database-tls-"));
    const dataDir = join(house.folder, "data");
    copyCluster(inject("cluster"), dataDir);
    const { cert, key } = certify("database");
    const place = statSync(dataOf(dataDir), { throwIfNoEntry: false });
    // PostgreSQL reads the key as its own user only.
    if (place) for (const file of [cert, key]) chownSync(file, place.uid, place.gid);
    Object.assign(house, { cert, other: certify("other").cert });
    const settings = { ssl: "on", ssl_cert_file: cert, ssl_key_file: key };
    house.server = await startEmbedded({ dataDir, log: openLog("silent"), settings });
  }, timeout);
  afterAll(async () => {
    await house.app?.stop();
    await house.server?.stop();
    if (house.folder) rmSync(house.folder, { recursive: true, force: true });
  });

  test("carries every connection of a server that is told to, which verifies whom it speaks to", {
    timeout,
  }, async () => {
    house.app = await openApp(configFor(over("verify-full", house.cert)), openLog("silent"));
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    await fetch(`${house.app.url}/v1/callers?phone=%2B46701234567`, { headers });
    const connections = await read<{ ssl: boolean; count: number }>(
      house.app.core.database,
      sql`
        select s.ssl, count(*)::int as count
        from pg_stat_ssl s
        join pg_stat_activity a using (pid)
        where a.backend_type = 'client backend' and a.datname = current_database()
        group by s.ssl
      `,
    );

    expect(connections).toEqual([{ ssl: true, count: expect.any(Number) }]);
  });

  test("is refused where the certificate is another's", { timeout }, async () => {
    const database = openDatabase({ url: over("verify-full", house.other) });

    const asked = database.run(sql`select 1`);

    await expect(asked).rejects.toThrow(/certificate|self-signed/);
    await database.close();
  });
});
