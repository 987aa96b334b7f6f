/** A value of a Compose file; maps keep their order. */
export type Node = null | boolean | number | bigint | string | Node[] | Map<string, Node>;
