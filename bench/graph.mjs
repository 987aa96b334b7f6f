// The shapes in which the services of a measured stack depend on each other: for each service, the indices it waits for.

const LAYERS = 10;

/** Ten layers of equal size; each service waits for up to three of the layer below, as gateways, APIs and databases do. */
function layers(index, size) {
  const width = Math.max(1, Math.ceil(size / LAYERS));
  const layer = Math.floor(index / width);
  if (layer === 0) return [];
  const below = (layer - 1) * width;
  const place = index % width;
  return [...new Set([place, place + 1, place * 7 + 3].map((each) => below + (each % width)))];
}

/** All wait for the first. */
const star = (index) => (index === 0 ? [] : [0]);

/** Each waits for the one before it. */
const chain = (index) => (index === 0 ? [] : [index - 1]);

export const GRAPHS = { layers, star, chain };
