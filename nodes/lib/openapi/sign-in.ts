import { fieldOf, type Json, type JsonObject, listOf, objectOf, textOf } from "./json-value";
import { resolve } from "./reference";

/** How an operation wants to be signed in, as the kinds of credentials of a workspace. */
export type SignIn =
  | { readonly kind: "bearer" | "basic" }
  | { readonly kind: "header" | "query"; readonly name: string }
  | { readonly kind: "oauth2"; readonly tokenUrl: string; readonly scope: string };

export interface SignInNeed {
  /** null: none is wanted, or none of them can be given. */
  readonly signIn: SignIn | null;
  /** It may be called without. */
  readonly isOptional: boolean;
  /** None of the ways that it takes is known here. */
  readonly isUnknown: boolean;
}

/** The first of an operation's ways to sign in that a credential can give. */
export const signInOf = (root: JsonObject, operation: JsonObject): SignInNeed => {
  const stated = operation.security ?? root.security;
  const ways = listOf(stated)
    .map(objectOf)
    .filter((way) => way !== null);
  const isOptional = ways.length === 0 || ways.some((way) => Object.keys(way).length === 0);
  const schemes = fieldOf(root.components, "securitySchemes");
  for (const way of ways) {
    const [first, ...further] = Object.entries(way);
    // Two at once would take two credentials.
    if (first === undefined || further.length > 0) continue;
    const [name, scopes] = first;
    const scheme = resolve(root, fieldOf(schemes, name));
    const signIn = scheme.ok ? schemeOf(scheme.value, listOf(scopes)) : null;
    if (signIn !== null) return { signIn, isOptional, isUnknown: false };
  }
  return { signIn: null, isOptional, isUnknown: !isOptional };
};

const schemeOf = (scheme: JsonObject, scopes: readonly Json[]): SignIn | null => {
  switch (textOf(scheme.type)) {
    case "http":
      return /^basic$/i.test(textOf(scheme.scheme)) ? { kind: "basic" } : { kind: "bearer" };
    case "apiKey": {
      const name = textOf(scheme.name);
      const place = textOf(scheme.in);
      return name !== "" && (place === "header" || place === "query") ? { kind: place, name } : null;
    }
    case "oauth2": {
      const tokenUrl = textOf(fieldOf(fieldOf(scheme.flows, "clientCredentials"), "tokenUrl"));
      // Other flows give a token to a person, who enters it as one.
      return tokenUrl === ""
        ? { kind: "bearer" }
        : { kind: "oauth2", tokenUrl, scope: scopes.map(textOf).filter(Boolean).join(" ") };
    }
    case "openIdConnect":
      return { kind: "bearer" };
    default:
      return null;
  }
};
