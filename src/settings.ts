import { readFileSync } from "node:fs";
import { z } from "zod";
import { isNetwork } from "./keys/bounds.ts";

// What a setting may say; each message says what it should be, and never its value.

export const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d{1,12}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
};
export const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}.`,
    );
/** The text of the file that is named. */
export const pem = z.string().transform((path, context) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    context.addIssue({ code: "custom", message: "must name a file that can be read, in PEM." });
    return z.NEVER;
  }
});
export const secret = z.string().min(32, "must have at least 32 characters; `openssl rand -hex 32` makes one.");
export const yesOrNo = z.enum(["true", "false"], "must be true or false.").transform((value) => value === "true");
export const origins = z
  .string()
  .transform((value) =>
    value
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean),
  )
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    "must be a list of origins separated by commas, such as https://desk.example.com, without a path.",
  );
export const networks = z
  .string()
  .transform((value) => value.split(",").map((network) => network.trim()))
  .refine(
    (list) => list.every(isNetwork),
    "must be a list of addresses and networks separated by commas, such as 127.0.0.1,10.0.0.0/8.",
  );
export const webhookSecrets = z.string().transform((value, context) => {
  const one = z.string().min(8);
  const list = z.union([one.transform((only) => [only]), z.array(one).min(1)]);
  const secrets = z.record(z.string().min(1), list).safeParse(jsonOf(value));
  if (secrets.success) return secrets.data;
  context.addIssue({
    code: "custom",
    message: 'must be a JSON object of secrets by connector, such as {"twilio":["…"]}, of 8 characters or more each.',
  });
  return z.NEVER;
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
