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

  @Field(() => [String], sure("The sources that it may write as: names, or how they begin and a star; * is any."))
  sources!: string[];

  @Field(() => [String], sure("The teams whose interactions and figures it may read; empty binds it to none."))
  teams!: string[];

  @Field(() => [String], sure("The call centres whose interactions and figures it may read; empty binds it to none."))
  callCentreIds!: string[];

  @Field(() => [String], sure("The networks from which it opens the API, as CIDR; empty: from anywhere."))
  networks!: string[];

  @Field(
    () => [String],
    sure("The origins of the web pages from which a collector's key opens; empty for other roles."),
  )
  origins!: string[];

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

  @Field(() => [String], {
    nullable: true,
    description:
      "The sources that it may write as: names, or how they begin and a star, such as desk-*. When left out: any, and none for an agent, who then logs only the calls on her own screen.",
  })
  sources?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "The teams whose interactions and figures it may read; those of all, when left out.",
  })
  teams?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "The call centres whose interactions and figures it may read; those of all, when left out.",
  })
  callCentreIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "The networks from which it opens the API, as CIDR, such as 10.20.0.0/16; anywhere, when left out.",
  })
  networks?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Of a collector: the origins of the web pages that send, such as https://www.example.com.",
  })
  origins?: string[] | null;

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
