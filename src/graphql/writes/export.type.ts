import { Field, ObjectType } from "type-graphql";
import { maybe, sure } from "../../kit/field.ts";
import { DateTime } from "../../kit/scalars.ts";
import { UserErrorType } from "./user-error.type.ts";

@ObjectType("ExportPayload", {
  simpleResolvers: true,
  description: "Where all that is held of a customer can be read, for a minute.",
})
export class ExportPayloadType {
  @Field(
    () => String,
    maybe("Address on this server of the JSON document: each table by its name, its rows whole. It needs no key."),
  )
  json!: string | null;

  @Field(() => String, maybe("Address on this server of a page to read, with the same in it. It needs no key."))
  page!: string | null;

  @Field(() => DateTime, maybe("Until when the addresses can be opened; what was opened by then is sent to its end."))
  until!: Date | null;

  @Field(() => [UserErrorType], sure("What to change, where nothing is exported."))
  userErrors!: UserErrorType[];
}
