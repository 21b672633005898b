import Type, { type Static, type TSchema } from "typebox";
import {
  AREA_NAMES,
  type Area,
  EFFECTS,
  type Effect,
  type Hash,
  LISTS,
  type ListId,
  PROFILES,
  type Profile,
} from "../../domain/index.ts";

/** A type with every member read-only, as deep as it goes: builders give mutable types, the domain does not. */
type Plain<T> = T extends readonly (infer E)[]
  ? readonly Plain<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Plain<T[K]> }
    : T;

/** True only for types that are the same to the compiler, optional members and all. */
export type Same<X, Y> =
  (<T>() => T extends Plain<X> ? 1 : 2) extends <T>() => T extends Plain<Y> ? 1 : 2 ? true : false;

/**
 * A schema that describes exactly one type: anything more or less, an optional member that is required, a
 * widened literal, is an error of the compiler. The name becomes the schema's title and its name under `$defs`.
 */
export function describes<D>() {
  return <S extends TSchema>(
    title: string,
    description: string,
    schema: Same<Static<S>, D> extends true ? S : { readonly "does not describe the type": Static<S> },
  ): S => ({ ...(schema as S), title, description });
}

/** Members of an object of ours. Consumers see them as open, writers as closed: see `closed`. */
export const some = Type.Optional;

export const text = (description?: string) => Type.String(description === undefined ? {} : { description });
export const texts = (description: string) => Type.Array(Type.String(), { description });
export const integer = (description: string) =>
  Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, description });
export const count = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });
export const uid = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });
export const nullable = <S extends TSchema>(schema: S, description: string) =>
  Type.Union([schema, Type.Null()], { description });

export const hash = (description: string) =>
  Type.Unsafe<Hash>(Type.String({ pattern: "^sha256:[0-9a-f]{64}$", description }));
export const date = (description: string) => Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description });
export const instant = (description: string) =>
  Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?Z$", description });
export const formatVersion = Type.String({
  pattern: "^1\\.\\d+$",
  description: "Major versions break consumers, minor ones only add members. Refuse a major you do not know.",
});

export const list = (description = "OFAC's SDN list, or its non-SDN lists in one file.") =>
  Type.Unsafe<ListId>(Type.Enum([...LISTS], { description }));
export const effect = (description: string) => Type.Unsafe<Effect>(Type.Enum([...EFFECTS], { description }));
export const area = (description = "The part of a party.") =>
  Type.Unsafe<Area>(Type.Enum([...AREA_NAMES], { description }));
export const profile = Type.Unsafe<Profile>(
  Type.Enum([...PROFILES], { description: "The format the chain is read from; a chain has one." }),
);
export const typeCounts = (description: string) =>
  Type.Record(Type.String(), count("Parties."), { description });
