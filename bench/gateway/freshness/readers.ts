// The readers, in a thread of their own: many who read any product at a steady pace, and one on each gateway who reads
// a product that has just been changed, over and over. Every answer is noted with when it was asked for and came.
import { parentPort, workerData } from 'node:worker_threads'
import { Pool } from 'undici'
import { versionIn } from './start-shop.ts'
