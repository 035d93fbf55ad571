import { checkAudit } from "../audit/seals.repository.ts";
import { nothingMore } from "./nothing-more.ts";
import { withCore } from "./with-core.ts";

/** Checks that no row of the audit was deleted or changed since it was sealed, which is done every few seconds. */
export async function verifyAudit(args: string[]): Promise<number> {
  nothingMore(args, "Usage: npm run c360 -- verify-audit");
  return withCore(async ({ database, keyring, auditHead }) => {
    const { seals, rows, unsealed, faults } = await checkAudit(database, {
      key: keyring.identityKey,
      headFile: auditHead,
    });
    for (const { seq, day, fault } of faults) process.stdout.write(`Seal ${seq}${day && `, of ${day}`}: ${fault}.\n`);
    const said = faults.length === 0 ? "Nothing was deleted or changed" : `${faults.length} seals do not hold`;
    process.stdout.write(`${said}: ${rows} rows under ${seals} seals, ${unsealed} not sealed yet.\n`);
    return faults.length === 0 ? 0 : 1;
  });
}
