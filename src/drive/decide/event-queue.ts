/** Things to come, earliest first; what is due at the same time comes in the order in which it was added. */
export interface EventQueue<T> {
  add(at: number, item: T): void;
  /** When the next one is due; Infinity where nothing is to come. */
  nextAt(): number;
  /** The next one; it stays in. */
  next(): T | undefined;
  /** Takes the next one out. */
  take(): T | undefined;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly item: T;
}

/** An empty queue: a binary heap, so that an hour of a thousand services stays cheap. */
export function eventQueue<T>(): EventQueue<T> {
  const heap: Entry<T>[] = [];
  let added = 0;
  return {
    add: (at, item) => rise(heap, { at, order: added++, item }),
    nextAt: () => heap[0]?.at ?? Number.POSITIVE_INFINITY,
    next: () => heap[0]?.item,
    take: () => {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) sink(heap, last);
      return first?.item;
    },
  };
}

function rise<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = heap.length;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, entry)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function sink<T>(heap: Entry<T>[], entry: Entry<T>): void {
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const [child, at] = right !== undefined && left !== undefined && isBefore(right, left) ? [right, 2 * index + 2] : [left, 2 * index + 1];
    if (child === undefined || isBefore(entry, child)) break;
    heap[index] = child;
    index = at;
  }
  heap[index] = entry;
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
