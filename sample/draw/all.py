"""Draws every picture of the sample newsroom into ../pictures: `python draw/all.py`."""

import charts
import maps
import scenes
import space

if __name__ == "__main__":
    for drawer in (maps, charts, scenes, space):
        drawer.draw()
