import { Field, ID, InputType, ObjectType } from "type-graphql";
import { AUDIT_COMMANDS, AUDIT_DEEDS, AUDIT_LOOKS } from "../facts/audit-actions.ts";
import { PeriodInput } from "../facts/values.type.ts";
import { maybe, sure } from "../kit/field.ts";
import { connectionTypeOf } from "../kit/page.type.ts";
import { DateTime } from "../kit/scalars.ts";

@ObjectType("AuditEntry", {
  simpleResolvers: true,
  description: "Somebody did something with a customer or a key, or looked for one. It holds no values.",
})
class AuditEntryType {
  @Field(() => ID, sure("Identifies the row."))
  id!: string;

  @Field(() => DateTime, sure("When."))
  at!: Date;

  @Field(() => String, sure("Who: the name of the key, or the subject of the token."))
  actor!: string;

  @Field(
    () => String,
    maybe(
      "`key:` and the id of the key, since names repeat; `token:` and its subject; `admin-key`; `command-line`; null of rows from before 0.1.0.",
    ),
  )
  actorId!: string | null;

  @Field(
    () => String,
    sure(
      `What. Read: ${AUDIT_LOOKS.join(", ")}. Done: ${AUDIT_DEEDS.join(", ")}. By a command on the server: ${AUDIT_COMMANDS.join(", ")}. Found is by an identity, people are those behind a figure, reports are exported as CSV. More may come.`,
    ),
  )
  action!: string;

  @Field(() => ID, maybe("The customer under the id of then; null of a caller whom nobody knows, and of a figure."))
  customerId!: string | null;

  @Field(() => ID, maybe("The verdict that was decided or withdrawn."))
  verdictId!: string | null;

  @Field(() => ID, maybe("The key that was made or revoked."))
  keyId!: string | null;

  @Field(() => ID, maybe("The receipt of a customer who was forgotten."))
  receiptId!: string | null;

  @Field(
    () => String,
    maybe(
      "What a command on the server was about, such as `source shop` or `import 019a…`; null of what requests did.",
    ),
  )
  about!: string | null;
}

/** An entry, as the statements of this folder answer it. */
export type AuditEntryRow = AuditEntryType;

export const AuditEntryConnectionType = connectionTypeOf("AuditEntry", AuditEntryType);

@InputType({ description: "Which entries of the audit: those for which all that is said holds." })
export class AuditFilterInput {
  @Field(() => ID, {
    nullable: true,
    description: "Of this customer, under any id that they have or had; of one who was forgotten under the id of then.",
  })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: "By this key or token, as `actor` has it." })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: "By the key or token of this id, as `actorId` has it." })
  actorId?: string | null;

  @Field(() => [String], { nullable: true, description: "Of one of these actions, as `action` has them." })
  actions?: string[] | null;

  @Field(() => PeriodInput, { nullable: true, description: "Within this period." })
  period?: PeriodInput | null;
}
