/** The six categories of markets, in the order of their numbers (exposure rows carry the number). */
import { z } from 'zod';

export const CATEGORIES = ['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];
export const category = z.enum(CATEGORIES);
export const categoryNumber = (name: Category): bigint => BigInt(CATEGORIES.indexOf(name));
