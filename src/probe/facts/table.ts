import { DATABASES } from "./databases.ts";
import type { ImageFacts } from "./fact.ts";
import { PLATFORM } from "./platform.ts";
import { QUEUES } from "./queues.ts";
import { RUNTIMES } from "./runtimes.ts";
import { SEARCH } from "./search.ts";
import { SUPABASE } from "./supabase.ts";
import { WEB } from "./web.ts";

/** Every image that something is known about. */
export const TABLE: readonly ImageFacts[] = [...DATABASES, ...QUEUES, ...SEARCH, ...WEB, ...RUNTIMES, ...SUPABASE, ...PLATFORM];
