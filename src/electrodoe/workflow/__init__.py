"""The only place that knows the order of the work.

Its modules are imported by name: ``loading`` is light, ``runner`` brings models and figures along.
"""
