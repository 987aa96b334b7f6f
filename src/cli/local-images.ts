import { programsWanted } from "../check/local-images.ts";
import type { Subject } from "../check/subject.ts";
import { programsIn } from "../drive/image-contents.ts";

/** A subject with what the images on this machine have of the programs that its probes need; nothing of the images runs. */
export async function withLocalImages(subject: Subject): Promise<Subject> {
  const localImages = new Map<string, ReadonlySet<string> | undefined>();
  for (const [image, programs] of programsWanted(subject)) localImages.set(image, await programsIn(image, programs));
  return { ...subject, localImages };
}
