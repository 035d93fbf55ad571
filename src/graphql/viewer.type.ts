import { Field, ObjectType, registerEnumType } from "type-graphql";
import { enumOf } from "../kit/enum.ts";
import { maybe, sure } from "../kit/field.ts";
import { ROLES, type Role } from "../request.ts";

export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, { name: "Role", description: "What a key or a token is for; it has exactly one." });

@ObjectType("Viewer", { simpleResolvers: true, description: "Whoever asks, and what that allows." })
export class ViewerType {
  @Field(() => String, sure("The key's name or the token's subject: what verdicts and audits say."))
  name!: string;

  @Field(() => RoleEnum, sure("The one role."))
  role!: Role;

  @Field(() => [String], sure("What the role may do, as `<area>:<verb>`."))
  scopes!: string[];

  @Field(() => String, maybe("The one agent that the key may name; null when it is no agent's."))
  agentId!: string | null;

  @Field(() => [String], sure("The sources that the key may write as: names, or how they begin and a star; * is any."))
  sources!: readonly string[];

  @Field(() => [String], sure("The teams whose interactions and figures the key may read; empty binds it to none."))
  teams!: readonly string[];

  @Field(() => [String], sure("The call centres whose interactions and figures the key may read; empty: of all."))
  callCentreIds!: readonly string[];
}
