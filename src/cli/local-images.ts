import { contentsWanted } from "../check/local-images.ts";
import type { Subject } from "../check/subject.ts";
import { contentsOf } from "../drive/image-contents.ts";
import type { ImageContents } from "../model/image-contents.ts";

/** A subject with what the images on this machine have of the programs and scripts that its probes need; nothing of the images runs. */
export async function withLocalImages(subject: Subject): Promise<Subject> {
  const localImages = new Map<string, ImageContents | undefined>();
  for (const [image, wanted] of contentsWanted(subject)) localImages.set(image, await contentsOf(image, wanted));
  return { ...subject, localImages };
}
