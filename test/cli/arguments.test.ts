import { expect, test } from "vitest";
import { exportCustomerTo } from "../../src/cli/export-customer.ts";
import { keys } from "../../src/cli/keys.ts";
import { migrateNow, printDiff } from "../../src/cli/migrate.ts";
import { namespaceIn } from "../../src/cli/namespaces.ts";
import { printContracts } from "../../src/cli/print-contracts.ts";
import { rebuildNow, restitchNow } from "../../src/cli/rebuild.ts";
import { retainNow } from "../../src/cli/retain.ts";
import { sourceIn } from "../../src/cli/sources.ts";
import { withdrawBatchOf } from "../../src/cli/withdraw-batch.ts";
import { newId } from "../../src/kit/id.ts";
import { rulesWith, sourceOf } from "../identity/histories.ts";

const crm = { ...sourceOf("crm"), anchorIssuer: "crm-se", anchorDigits: 8 };
const rules = { ...rulesWith(), sources: new Map([["crm", crm]]) };

const COMMANDS: Readonly<Record<string, (args: string[]) => unknown>> = {
  "sources set": (args) => sourceIn(args, rules),
  "namespaces set": (args) => namespaceIn(args, rules),
  restitch: restitchNow,
  rebuild: rebuildNow,
  migrate: migrateNow,
  diff: printDiff,
  "print-contracts": printContracts,
  keys,
  "withdraw-batch": withdrawBatchOf,
  "export-customer": exportCustomerTo,
  retain: retainNow,
};

test.each([
  ["sources set", "shop --digits 8", "add --issuer"],
  ["sources set", "crm --issuer=", "take them away"],
  ["sources set", "crm", "Usage"],
  ["retain", "set TOUCHPOINTS 0", "from 1 to 36500"],
  ["retain", "set TOUCHPOINTS 1.5", "from 1 to 36500"],
  ["retain", "set TOUCHPOINTS 36501", "or for-good"],
  ["retain", "set NOTES 30", "name one of TOUCHPOINTS"],
  ["retain", "set TOUCHPOINTS", "Usage"],
  ["retain", "set AUDIT 400 --source web", "leave out --source"],
  ["sources set", "shop --originals-days 30", "name one of"],
  ["namespaces set", "email --ambiguous yes", "true or false"],
  ["namespaces set", "email --oldest 1", "true or false"],
  ["namespaces set", "custid --limit 3", "no --limit above 1"],
  ["namespaces set", "custid --ambiguous true", "no --ambiguous"],
  ["namespaces set", "phone --limit 3", "no --limit"],
  ["namespaces set", "phone --oldest true", "no --oldest"],
  ["namespaces set", "login --kind CARRIER --limit 2", "no --limit"],
  ["namespaces set", "email", "Usage"],
  ["restitch", "--dryrun", "--dry-run"],
  ["rebuild", "--dry-run", "npm run rebuild"],
  ["migrate", "--dry-run", "migrate"],
  ["diff", "interactions", "diff"],
  ["print-contracts", "--check", "contracts"],
  ["keys", "list --role admin", "list"],
  ["keys", "revoke desk wallboard", "revoke"],
  ["export-customer", "4587 --page", "{ customer(identity:"],
  ["withdraw-batch", `${newId()} ${newId()}`, "withdraw-batch"],
])("%s %s would do nothing, or not what it says: it is refused with the remedy", async (command, args, remedy) => {
  const run = async () => COMMANDS[command]!(args.split(" "));

  await expect(run()).rejects.toThrow(remedy);
});

test("a setting that does something is taken", () => {
  const taken = [
    sourceIn("shop --issuer shop-se --digits 8".split(" "), rules),
    sourceIn(["crm", "--issuer", "", "--digits", ""], rules),
    sourceIn("genesys-cloud --originals-days 30".split(" "), rules),
    namespaceIn("email --ambiguous true --oldest true --limit 2".split(" "), rules),
    namespaceIn("phone --ambiguous true".split(" "), rules),
    sourceIn("crm --redact card,iban".split(" "), rules),
    sourceIn(["crm", "--redact", ""], rules),
  ];

  expect(taken).toMatchObject([
    { anchorIssuer: "shop-se", anchorDigits: 8 },
    { anchorIssuer: null, anchorDigits: null },
    { originalDays: 30 },
    { isAmbiguous: true, isOldest: true, limit: 2 },
    { isAmbiguous: true },
    { redacts: ["card", "iban"] },
    { redacts: [] },
  ]);
});
