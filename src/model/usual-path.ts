/** The folders in which a container looks for programs, unless its image or its environment has a PATH. */
export const USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
