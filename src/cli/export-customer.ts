import { once } from "node:events";
import { parseArgs } from "node:util";
import { COMMAND_LINE } from "../kit/actor.ts";
import { AppError } from "../kit/errors.ts";
import { isId } from "../kit/page.ts";
import { exportCustomer } from "../privacy/export.ts";
import { jsonExport, pageExport } from "../privacy/export-formats.ts";
import { withCore } from "./with-core.ts";

const USAGE =
  "Usage: npm run --silent c360 -- export-customer <customer's id> [--page] > file; --page writes a page to read instead of JSON.";
const NO_ID =
  'A customer\'s id is a UUID: an e-mail, a number or a custid has it in the answer to { customer(identity: { namespace: "custid", value: "…" }) { id } }.';

/** Writes all that is held of a customer to the output; the audit says that the command line did. */
export async function exportCustomerTo(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { page: { type: "boolean" } },
    allowPositionals: true,
  });
  const [customerId, ...more] = positionals;
  if (!customerId || more.length > 0) throw new AppError("BAD_INPUT", USAGE);
  if (!isId(customerId)) throw new AppError("BAD_INPUT", `${NO_ID} ${USAGE}`);
  const write = async (text: string) => {
    if (!process.stdout.write(text)) await once(process.stdout, "drain");
  };
  await withCore(({ database, keyring }) =>
    exportCustomer(
      database,
      { customerId: customerId.toLowerCase(), by: COMMAND_LINE, rejectionKey: keyring.rejectionKey },
      values.page ? pageExport(write) : jsonExport(write),
    ),
  );
  return 0;
}
