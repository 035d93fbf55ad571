import { ObjectType } from "type-graphql";
import { Shows } from "../fields/derive/graphql.type.ts";
import { MATCH } from "../fields/match.ts";

@Shows(MATCH)
@ObjectType("WebMatch", { simpleResolvers: true, description: "How a call was tied to a web visit." })
export class WebMatchType {}
