/** Characters of a failure's message, and of any other text that a box sends. */
export const longestMessage = 2000;
/** Characters kept of what a learner's code printed: a screenful or several. */
export const longestPrinted = 16_384;
