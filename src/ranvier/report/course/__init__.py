"""The course of a simulated illness: on one sheet, and in three lines."""
