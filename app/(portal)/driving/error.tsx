"use client";

import { DrivingError } from "#components/driving/driving-error";

export default DrivingError;
