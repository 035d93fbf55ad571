import { Field, ID, InputType, ObjectType } from "type-graphql";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import type { Role } from "../../request.ts";
import { RoleEnum } from "../viewer.type.ts";
import { UserErrorType } from "./user-error.type.ts";

const SIMPLE = { simpleResolvers: true };

@ObjectType("ApiKey", {
  ...SIMPLE,
  description: "A key that a system or a person opens the API with; never the key itself.",
})
export class ApiKeyType {
  @Field(() => ID, sure("Identifies the key, and opens nothing."))
  id!: string;

  @Field(() => String, sure("What it was called when it was made."))
  name!: string;

  @Field(() => RoleEnum, maybe("What it may do; null for a role that this version does not know, which opens nothing."))
  role!: Role | null;

  @Field(() => String, maybe("The one agent that it may name; null when it is no agent's."))
  agentId!: string | null;

  @Field(() => DateTime, sure("When it was made."))
  createdAt!: Date;

  @Field(() => DateTime, maybe("When it stops by itself; null when it does not."))
  expiresAt!: Date | null;

  @Field(() => DateTime, maybe("When somebody stopped it."))
  revokedAt!: Date | null;

  @Field(() => DateTime, maybe("When it was used last, to the minute; null when it never was."))
  lastUsedAt!: Date | null;
}

@InputType({ description: "A key to be made." })
export class CreateApiKeyInput {
  @Field(() => String, {
    description: "What lists, logs and verdicts will call it: one line of at most 100 characters.",
  })
  name!: string;

  @Field(() => RoleEnum, { description: "What it may do." })
  role!: Role;

  @Field(() => String, { nullable: true, description: "Of an agent's key: the one agent that it may name." })
  agentId?: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it stops by itself; never, when left out." })
  expiresAt?: Date | null;
}

@ObjectType("CreateApiKeyPayload", { ...SIMPLE, description: "The key that was made." })
export class CreateApiKeyPayloadType {
  @Field(() => ApiKeyType, maybe("The key as lists will show it; null where none was made."))
  apiKey!: ApiKeyType | null;

  @Field(() => String, maybe("What opens the API. It is shown this once: only its hash is stored."))
  secret!: string | null;

  @Field(() => [UserErrorType], sure("What to change, where none was made."))
  userErrors!: UserErrorType[];
}

@ObjectType("RevokeApiKeyPayload", { ...SIMPLE, description: "The key that was stopped." })
export class RevokeApiKeyPayloadType {
  @Field(() => ApiKeyType, maybe("The key, which opens nothing any more within seconds."))
  apiKey!: ApiKeyType | null;

  @Field(() => [UserErrorType], sure("What to change, where none was stopped."))
  userErrors!: UserErrorType[];
}
