import { z } from 'zod';

/* How long the texts of a result may be. What is written is far shorter; these keep what is read, or comes from a box, from having no end. */

/** A name, a title, a label. */
export const line = z.string().max(2000);
/** Sentences: a reason, a note. */
export const sentences = z.string().max(2 ** 16);
